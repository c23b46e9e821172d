using System.Runtime.InteropServices;

namespace DistributedMatting.Imaging.Native;

/// <summary>One reference to a GObject (image, region, source).</summary>
internal sealed class VipsHandle : SafeHandle
{
    public VipsHandle() : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibVips.ObjectUnref(handle);
        return true;
    }
}
