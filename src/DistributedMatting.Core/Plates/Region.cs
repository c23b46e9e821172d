namespace DistributedMatting.Core.Plates;

/// <summary>What a trimap says of a pixel. The values are what trimaps hold in memory, one byte a pixel.</summary>
public enum Region : byte
{
    /// <summary>Known background: alpha is 0.</summary>
    Background = 0,

    /// <summary>Unknown: the network decides.</summary>
    Unknown = 1,

    /// <summary>Known foreground: alpha is 1.</summary>
    Foreground = 2,
}
