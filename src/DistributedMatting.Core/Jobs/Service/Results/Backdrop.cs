using System.Globalization;

namespace DistributedMatting.Core.Jobs.Service.Results;

/// <summary>What a composite lies on: a checker of greys, or one colour.</summary>
/// <param name="Colour">24 bits, red first; null is the checker.</param>
public readonly record struct Backdrop(int? Colour)
{
    private const string CheckerName = "checker";

    /// <summary>Squares of two greys.</summary>
    public static Backdrop Checker => default;

    /// <summary>Reads "checker" (as nothing at all) or six hexadecimal digits.</summary>
    /// <exception cref="InvalidInputException">It is neither.</exception>
    public static Backdrop Parse(string? text)
    {
        if (text is null or CheckerName) return Checker;
        if (text.Length == 6 && text.All(char.IsAsciiHexDigit)) return new Backdrop(int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        throw new InvalidInputException("over is neither checker nor a colour of six hexadecimal digits, as 00b140");
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Colour is { } colour ? colour.ToString("x6", CultureInfo.InvariantCulture) : CheckerName;
}
