using System.CommandLine;
using DistributedMatting.Web.Access;

namespace DistributedMatting.Cli.Options;

/// <summary>Options about API keys.</summary>
internal static class KeyOptions
{
    public static Option<string?> File(bool required) => new("--keys")
    {
        Description = "The file of API keys that 'matting keys' writes" + (required ? "." : "; callers need one of them then."),
        HelpName = "FILE",
        Required = required,
    };

    public static Option<string> Role(string name, string help, string standard) => Limits.OneOf(name, help, standard, "viewer", "submitter", "operator");

    public static Role RoleOf(string word) => Enum.Parse<Role>(word, ignoreCase: true);
}
