using System.Globalization;

namespace DistributedMatting.Imaging.Native;

/// <summary>
/// One libvips operation, by name: set arguments, then <see cref="Run"/>. Scalars go as libvips' own text form
/// ("sequential", "9", "true"), which libvips checks against the argument's type and range.
/// </summary>
internal sealed class VipsOperation : IDisposable
{
    private nint _operation;

    internal VipsOperation(string name)
    {
        Vips.Start();
        _operation = LibVips.OperationNew(name);
        if (_operation == 0)
            throw Vips.Failure();
    }

    internal VipsOperation Set(string name, string value)
    {
        if (LibVips.SetArgument(_operation, name, value) != 0)
            throw Vips.Failure();
        return this;
    }

    internal VipsOperation Set(string name, int value) => Set(name, value.ToString(CultureInfo.InvariantCulture));

    internal VipsOperation Set(string name, bool value) => Set(name, value ? "true" : "false");

    internal VipsOperation SetImage(string name, VipsHandle image) => SetObject(name, image, LibVips.ImageType());

    internal VipsOperation SetTarget(string name, VipsHandle target) => SetObject(name, target, LibVips.TargetType());

    private VipsOperation SetObject(string name, VipsHandle vipsObject, nuint type)
    {
        var value = default(GValue);
        LibVips.ValueInit(ref value, type);
        LibVips.ValueSetObject(ref value, vipsObject);
        LibVips.ObjectSetProperty(_operation, name, ref value);
        LibVips.ValueUnset(ref value);
        return this;
    }

    /// <summary>Runs an operation that has no image to give, as a saver.</summary>
    internal void Run()
    {
        if (LibVips.OperationBuild(ref _operation) != 0)
            throw Vips.Failure();
    }

    /// <summary>Runs, and gives the image called <paramref name="output"/>; the caller owns it.</summary>
    internal VipsHandle RunForImage(string output = "out")
    {
        Run();
        var value = default(GValue);
        LibVips.ValueInit(ref value, LibVips.ImageType());
        LibVips.ObjectGetProperty(_operation, output, ref value);
        var image = LibVips.ValueDupObject(ref value);
        LibVips.ValueUnset(ref value);
        return image;
    }

    public void Dispose()
    {
        if (_operation == 0)
            return;
        LibVips.UnrefOutputs(_operation);
        LibVips.ObjectUnref(_operation);
        _operation = 0;
    }
}
