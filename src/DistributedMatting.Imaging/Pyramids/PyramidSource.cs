namespace DistributedMatting.Imaging;

/// <summary>What of a file a pyramid shows.</summary>
public enum PyramidSource
{
    /// <summary>Its colours, without alpha.</summary>
    Colours,

    /// <summary>Its first channel, as of a trimap or a matte.</summary>
    Grey,

    /// <summary>Its alpha channel.</summary>
    AlphaChannel,
}
