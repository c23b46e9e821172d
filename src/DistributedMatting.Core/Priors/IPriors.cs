using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors;

/// <summary>
/// What the whole plate tells about every pixel, solved once a plate at reduced resolution.
/// Safe for many threads at once.
/// </summary>
public interface IPriors
{
    /// <summary>Fills the prior planes of one window of the plate.</summary>
    /// <param name="window">
    /// May reach past the plate's edges; pixels there take the values of the pixels they reflect
    /// (see <see cref="Patches.Reflection"/>).
    /// </param>
    /// <param name="rgbPlanes">The window's R, G and B planes, 0 to 1: <c>3 × window.Width × window.Height</c>.</param>
    /// <param name="planes">
    /// Receives <see cref="Networks.NetworkInput.PriorChannels"/> planes of <c>window.Width × window.Height</c>:
    /// nearest foreground R G B, nearest background R G B, distance to the foreground, distance to the background
    /// (each log₂(1 + pixels)/14, at most 1), projection, closed-form alpha, guided closed-form alpha
    /// (the closed-form alpha itself where the plate was not reduced); all 0 to 1.
    /// </param>
    void Fill(PixelRect window, ReadOnlySpan<float> rgbPlanes, Span<float> planes);
}
