using System.CommandLine;
using System.CommandLine.Parsing;
using DistributedMatting.Core;

namespace DistributedMatting.Cli.Errors;

/// <summary>A command line that cannot be understood, in a line that names the word, what is wrong and what would be right.</summary>
internal static class ParseFailure
{
    // What is further off than two letters was hardly meant.
    private const int MostLettersOff = 2;

    /// <summary>The line for a person.</summary>
    public static InvalidInputException Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        return new InvalidInputException($"{Sentence(parsed, command)} (see '{FullName(command)} --help')");
    }

    /// <summary>A mistyped option that was taken for an argument; null for none. After a bare <c>--</c> everything is an argument.</summary>
    public static string? OptionAsArgument(ParseResult parsed) => parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)
        ? null
        : parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens).Select(token => token.Value)
            .FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal));

    private static string Sentence(ParseResult parsed, Command command)
    {
        // "Response file not found": words that begin with @ name files of further words.
        if (parsed.Errors.FirstOrDefault(error => error.Message.StartsWith("Response file", StringComparison.Ordinal)) is { } file) return file.Message.TrimEnd('.');
        if (OptionAsArgument(parsed) is { } option) return Unknown(command, option);
        if (parsed.UnmatchedTokens is [var word, ..]) return Unknown(command, word);
        if (command.Subcommands.Count > 0) return $"a command is missing: {Names(command)}";
        if (Results(parsed).FirstOrDefault(result => result is { Implicit: false, Tokens.Count: 0, Option.Arity.MinimumNumberOfValues: > 0 }) is { } bare)
            return $"{bare.IdentifierToken?.Value ?? bare.Option.Name} is without its value, {Described(bare.Option.Description)}";
        if (Results(parsed).FirstOrDefault(result => result.IdentifierTokenCount > 1 && result.Option.Arity.MaximumNumberOfValues == 1) is { } twice)
            return $"{twice.Option.Name} is given {twice.IdentifierTokenCount} times, and takes one value; give it once";
        if (command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 }) is { } missing)
            return $"{missing.Name} is missing, {Described(missing.Description)}";
        if (command.Options.FirstOrDefault(option => option.Required && parsed.GetResult(option)?.IdentifierToken is null) is { } required)
            return $"{required.Name} is missing, {Described(required.Description)}";
        return parsed.Errors[0].Message.TrimEnd('.');
    }

    private static string Unknown(Command command, string word)
    {
        if (command.Subcommands.Count > 0 && !word.StartsWith('-'))
            return $"'{word}' is no command{Meant(word, command.Subcommands.Select(known => known.Name))}; there are {Names(command)}";
        if (command.Options.Any(option => option.Name == word || option.Aliases.Contains(word)))
            return $"{word} comes after --, where nothing is an option any more; put it before";
        if (word.StartsWith('-'))
            return $"'{word}' is no option of '{FullName(command)}'{Meant(word.Split('=')[0], command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)))}";
        var takes = command.Arguments.Count == 0 ? "no argument" : string.Join(' ', command.Arguments.Select(argument => argument.Name));
        return $"'{word}' is one argument too many; '{FullName(command)}' takes {takes}";
    }

    private static string Meant(string word, IEnumerable<string> known)
    {
        var (nearest, off) = known.Select(name => (name, LettersOff(word, name))).DefaultIfEmpty(("", int.MaxValue)).MinBy(pair => pair.Item2);
        return off <= Math.Min(MostLettersOff, word.Length / 2) ? $" (did you mean {nearest}?)" : "";
    }

    // Levenshtein's distance.
    private static int LettersOff(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                left = Math.Min(Math.Min(left, row[j]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], left);
            }
        }

        return row[^1];
    }

    private static IEnumerable<OptionResult> Results(ParseResult parsed) => parsed.CommandResult.Children.OfType<OptionResult>();

    // Only what it is; the rest is in the help.
    private static string Described(string? description)
    {
        var text = description ?? "";
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        text = (end < 0 ? text : text[..end]).TrimEnd('.');
        return text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
    }

    private static string Names(Command command) => string.Join(", ", command.Subcommands.Where(known => !known.Hidden).Select(known => known.Name));

    private static string FullName(Command command) =>
        command is RootCommand ? typeof(ParseFailure).Assembly.GetName().Name! : $"{FullName(command.Parents.OfType<Command>().First())} {command.Name}";
}
