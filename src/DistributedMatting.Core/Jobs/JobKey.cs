using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DistributedMatting.Core.Jobs;

/// <summary>
/// Everything that the alpha of a plate depends on. Two jobs with the same key give the same bytes,
/// so one may go on from the other's finished patches; with another key it never may.
/// </summary>
/// <param name="PlateSha256">Of the plate's decoded pixels and size.</param>
/// <param name="TrimapSha256">Of the trimap's regions and size.</param>
/// <param name="ModelSha256">Of the network's files.</param>
/// <param name="Device">What computes: results of two kinds of device differ in the last bits.</param>
/// <param name="Patch">Side of a patch in pixels.</param>
/// <param name="Settings">What the person chose.</param>
/// <param name="Priors">How priors are solved, as text; "none" where the network takes none.</param>
public sealed record JobKey(
    string PlateSha256, string TrimapSha256, string ModelSha256, string Device, int Patch, MattingSettings Settings, string Priors)
{
    /// <summary>Raised whenever a change of the code changes the alpha or the format of a job folder.</summary>
    public const int FormatVersion = 3;

    /// <summary>SHA-256 over all of it, 64 lower-case hexadecimal digits.</summary>
    public string Value
    {
        get
        {
            var text = string.Create(CultureInfo.InvariantCulture,
                $"{FormatVersion}\n{PlateSha256}\n{TrimapSha256}\n{ModelSha256}\n{Device}\n{Patch}\n{Settings.Margin}\n{Settings.Contexts}\n{Settings.ContextUse}\n{Settings.Candidates}\n{Priors}\n");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }
    }
}
