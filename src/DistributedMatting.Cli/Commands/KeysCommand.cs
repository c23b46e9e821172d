using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Cli.Options;
using DistributedMatting.Cli.Output;
using DistributedMatting.Core;
using DistributedMatting.Web.Access.Keys;
using Spectre.Console;

namespace DistributedMatting.Cli.Commands;

/// <summary><c>matting keys add|list|remove</c>: the API keys of a service, in a file that keeps their hashes alone.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Makes, lists and removes the API keys of 'matting serve --keys FILE'; a running service sees a change within a second.")
    {
        Add(), List(), Remove(),
    };

    private static Command Add()
    {
        var (file, name) = (KeyOptions.File(required: true), Name("Whose key it is; the user of the jobs that are submitted with it."));
        var role = KeyOptions.Role("--role", "viewer: sees jobs; submitter: also submits, and changes own jobs; operator: everything", "submitter");
        var projects = new Option<string[]>("--project")
        {
            Description = "A project that the key is for; may be given more than once (default: all projects).",
            HelpName = "PROJECT",
        };
        var command = new Command("add", "Makes a key and prints it. It is never shown again.") { name, file, role, projects };
        command.SetAction(parsed =>
        {
            var named = parsed.GetValue(projects) is { Length: > 0 } some ? some : null;
            var key = Open(parsed, file).Add(parsed.GetRequiredValue(name), KeyOptions.RoleOf(parsed.GetRequiredValue(role)), named, TimeProvider.System);
            Console.Error.WriteLine("matting: this is the only time that the key is shown; the file keeps its hash alone");
            Console.Out.WriteLine(key);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command List()
    {
        var (file, json) = (KeyOptions.File(required: true), CommonOptions.Json());
        var command = new Command("list", "Lists whose keys there are.") { file, json };
        command.SetAction(parsed =>
        {
            var keys = Existing(parsed, file).Read();
            if (parsed.GetValue(json)) JsonOutput.Write(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(Json)]) });
            else Print(keys);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Remove()
    {
        var (file, name) = (KeyOptions.File(required: true), Name("Whose key it is."));
        var command = new Command("remove", "Removes a key; its holder and their browser sessions are refused from then on.") { name, file };
        command.SetAction(parsed =>
        {
            Existing(parsed, file).Remove(parsed.GetRequiredValue(name));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Argument<string> Name(string help) => new("NAME") { Description = help };

    private static KeyFile Open(ParseResult parsed, Option<string?> file) => new(parsed.GetRequiredValue(file)!);

    // A mistyped name is no file without keys.
    private static KeyFile Existing(ParseResult parsed, Option<string?> file)
    {
        var keys = Open(parsed, file);
        return File.Exists(keys.FilePath) ? keys : throw new InvalidInputException($"{keys.FilePath} is not there; 'matting keys add NAME --keys {keys.FilePath}' makes it");
    }

    private static JsonObject Json(KeyEntry key)
    {
        var entry = JsonOutput.Object(key);
        entry.Remove("sha256");
        return entry;
    }

    private static void Print(IReadOnlyList<KeyEntry> keys)
    {
        if (keys.Count == 0)
        {
            Console.Out.WriteLine("no keys");
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("name", "role", "projects", "made");
        foreach (var key in keys)
        {
            table.AddRow(
                Markup.Escape(key.Name), key.Role.ToString().ToLowerInvariant(), Markup.Escape(key.Projects is null ? "all" : string.Join(", ", key.Projects)),
                key.CreatedUtc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        }

        Screens.WriteTable(table);
    }
}
