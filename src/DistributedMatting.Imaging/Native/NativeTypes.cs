using System.Runtime.InteropServices;

namespace DistributedMatting.Imaging.Native;

/// <summary>GLib's GValue: a type and two words.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    private nuint _type;
    private long _first;
    private long _second;
}

/// <summary>VipsBandFormat: how a sample is stored.</summary>
internal enum VipsFormat
{
    UChar = 0,
    Char = 1,
    UShort = 2,
    Short = 3,
    UInt = 4,
    Int = 5,
    Float = 6,
    Complex = 7,
    Double = 8,
}

/// <summary>VipsInterpretation: what the bands mean. Only those that we treat by name.</summary>
internal enum VipsInterpretation
{
    Multiband = 0,
    BlackWhite = 1,
    Lab = 13,
    Cmyk = 15,
    Rgb = 17,
    LabS = 21,
    Srgb = 22,
    Rgb16 = 25,
    Grey16 = 26,
    ScRgb = 28,
}
