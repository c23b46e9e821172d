using System.Runtime.InteropServices;
using System.Text;

namespace DistributedMatting.Onnx.Devices;

/// <summary>
/// Asks NVIDIA's driver for its GPUs. ONNX Runtime itself only says whether it was built with CUDA,
/// and finds out that there is no GPU when a session is made.
/// </summary>
internal static unsafe class CudaDriver
{
    private const int NameBytes = 256;
    private const int MaxDevices = 1024;

    /// <summary>Names of the GPUs in the order of their indices (<c>CUDA_VISIBLE_DEVICES</c> applies); none without a driver.</summary>
    public static IReadOnlyList<string> DeviceNames()
    {
        var library = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        if (!NativeLibrary.TryLoad(library, out var driver)) return [];
        if (!NativeLibrary.TryGetExport(driver, "cuInit", out var init)
            || !NativeLibrary.TryGetExport(driver, "cuDeviceGetCount", out var getCount)
            || !NativeLibrary.TryGetExport(driver, "cuDeviceGetName", out var getName))
            return [];

        int count;
        if (((delegate* unmanaged<uint, int>)init)(0) != 0) return [];
        if (((delegate* unmanaged<int*, int>)getCount)(&count) != 0) return [];

        var names = new List<string>();
        var text = stackalloc byte[NameBytes];
        for (var i = 0; i < Math.Min(count, MaxDevices); i++)
        {
            var failed = ((delegate* unmanaged<byte*, int, int, int>)getName)(text, NameBytes, i) != 0;
            names.Add(failed ? "CUDA device" : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text)));
        }
        return names;
    }
}
