using System.Runtime.InteropServices;

namespace DistributedMatting.Imaging.Native;

/// <summary>
/// The functions of libvips and GLib that we call, as they are. Variadic functions are left out on purpose:
/// operations are built by name (<see cref="VipsOperation"/>), so no call depends on a C calling convention for "...".
/// </summary>
internal static unsafe partial class LibVips
{
    private const string Library = LibVipsLoader.Name;

    [LibraryImport(Library, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Init(string name);

    [LibraryImport(Library, EntryPoint = "vips_version")]
    internal static partial int Version(int flag);

    [LibraryImport(Library, EntryPoint = "vips_concurrency_set")]
    internal static partial void ConcurrencySet(int threads);

    [LibraryImport(Library, EntryPoint = "vips_concurrency_get")]
    internal static partial int ConcurrencyGet();

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max")]
    internal static partial void CacheSetMax(int operations);

    [LibraryImport(Library, EntryPoint = "vips_block_untrusted_set")]
    internal static partial void BlockUntrustedSet(int blocked);

    [LibraryImport(Library, EntryPoint = "vips_operation_block_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void OperationBlockSet(string name, int blocked);

    [LibraryImport(Library, EntryPoint = "vips_tracked_get_mem")]
    internal static partial nuint TrackedMemory();

    [LibraryImport(Library, EntryPoint = "vips_tracked_get_allocs")]
    internal static partial int TrackedAllocations();

    [LibraryImport(Library, EntryPoint = "vips_tracked_get_files")]
    internal static partial int TrackedFiles();

    [LibraryImport(Library, EntryPoint = "vips_error_buffer_copy")]
    internal static partial nint ErrorBufferCopy();

    [LibraryImport(Library, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint OperationNew(string name);

    [LibraryImport(Library, EntryPoint = "vips_cache_operation_buildp")]
    internal static partial int OperationBuild(ref nint operation);

    [LibraryImport(Library, EntryPoint = "vips_object_set_argument_from_string", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetArgument(nint vipsObject, string name, string value);

    [LibraryImport(Library, EntryPoint = "vips_object_unref_outputs")]
    internal static partial void UnrefOutputs(nint vipsObject);

    [LibraryImport(Library, EntryPoint = "vips_image_get_type")]
    internal static partial nuint ImageType();

    [LibraryImport(Library, EntryPoint = "vips_image_get_width")]
    internal static partial int Width(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_height")]
    internal static partial int Height(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_bands")]
    internal static partial int Bands(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_format")]
    internal static partial VipsFormat Format(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_interpretation")]
    internal static partial VipsInterpretation Interpretation(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_orientation")]
    internal static partial int Orientation(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_hasalpha")]
    internal static partial int HasAlpha(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_typeof", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nuint TypeOf(VipsHandle image, string name);

    [LibraryImport(Library, EntryPoint = "vips_image_get_int", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int GetInt(VipsHandle image, string name, out int value);

    [LibraryImport(Library, EntryPoint = "vips_image_get_blob", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int GetBlob(VipsHandle image, string name, out nint data, out nuint length);

    [LibraryImport(Library, EntryPoint = "vips_image_new_from_memory_copy")]
    internal static partial VipsHandle ImageNewFromMemoryCopy(byte* data, nuint size, int width, int height, int bands, VipsFormat format);

    [LibraryImport(Library, EntryPoint = "vips_image_write_to_memory")]
    internal static partial nint ImageWriteToMemory(VipsHandle image, out nuint size);

    [LibraryImport(Library, EntryPoint = "vips_target_get_type")]
    internal static partial nuint TargetType();

    [LibraryImport(Library, EntryPoint = "vips_target_new_to_memory")]
    internal static partial VipsHandle TargetNewToMemory();

    [LibraryImport(Library, EntryPoint = "vips_blob_get_type")]
    internal static partial nuint BlobType();

    [LibraryImport(Library, EntryPoint = "vips_blob_get")]
    internal static partial nint BlobGet(nint blob, out nuint length);

    [LibraryImport(Library, EntryPoint = "vips_region_new")]
    internal static partial VipsHandle RegionNew(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_region_fetch")]
    internal static partial nint RegionFetch(VipsHandle region, int left, int top, int width, int height, out nuint length);

    [LibraryImport(Library, EntryPoint = "g_object_unref")]
    internal static partial void ObjectUnref(nint gObject);

    [LibraryImport(Library, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ObjectSetProperty(nint gObject, string name, ref GValue value);

    [LibraryImport(Library, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ObjectGetProperty(nint gObject, string name, ref GValue value);

    [LibraryImport(Library, EntryPoint = "g_value_init")]
    internal static partial nint ValueInit(ref GValue value, nuint type);

    [LibraryImport(Library, EntryPoint = "g_value_unset")]
    internal static partial void ValueUnset(ref GValue value);

    [LibraryImport(Library, EntryPoint = "g_value_set_object")]
    internal static partial void ValueSetObject(ref GValue value, VipsHandle gObject);

    [LibraryImport(Library, EntryPoint = "g_value_get_boxed")]
    internal static partial nint ValueGetBoxed(ref GValue value);

    [LibraryImport(Library, EntryPoint = "g_value_dup_object")]
    internal static partial VipsHandle ValueDupObject(ref GValue value);

    [LibraryImport(Library, EntryPoint = "g_type_from_name", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nuint TypeFromName(string name);

    [LibraryImport(Library, EntryPoint = "g_free")]
    internal static partial void Free(nint memory);

    [LibraryImport(Library, EntryPoint = "g_log_set_default_handler")]
    internal static partial nint LogSetDefaultHandler(delegate* unmanaged[Cdecl]<nint, int, nint, nint, void> handler, nint data);
}
