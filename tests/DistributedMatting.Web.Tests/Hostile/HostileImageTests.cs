using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using DistributedMatting.Core.Plates;
using DistributedMatting.Workstation.Service;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Web.Tests.Hostile;

/// <summary>Pictures that are none, or that would become huge: the real engine refuses them with 400 and one sentence, before it decodes any.</summary>
public sealed class HostileImageTests
{
    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_is_refused_with_one_sentence_and_nothing_is_left()
    {
        var folder = Directory.CreateTempSubdirectory("matting-bombs-");
        try
        {
            var root = folder.CreateSubdirectory("plates").FullName;
            PictureFiles.WriteRamp(Path.Combine(root, "plate.png"), new PixelSize(64, 48));
            PictureFiles.WriteGrey(Path.Combine(root, "other-size.png"), new PixelSize(65, 48), (_, _) => 0.5f, bits: 8);
            var pictures = new Dictionary<string, byte[]>
            {
                ["bomb.png"] = Png(60_000, 60_000),
                ["huge.png"] = Png(int.MaxValue, int.MaxValue),
                ["flat.png"] = Png(0, 7),
                ["head.png"] = Png(64, 48)[..20],
                ["empty.tif"] = [],
                ["words.tif"] = "this is no picture"u8.ToArray(),
                ["page.svg"] = "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"u8.ToArray(),
                ["endless.tif"] = EndlessTiff(),
            };
            foreach (var (name, bytes) in pictures) await File.WriteAllBytesAsync(Path.Combine(root, name), bytes, End);

            var queue = new WorkstationServiceOptions { Folder = Path.Combine(folder.FullName, "queue") };
            await using var service = WorkstationMattingService.Open(queue, ArithmeticEngine.Create(), TimeProvider.System);
            await using var web = MattingWeb.Create(new WebOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), Roots = [root] }, service, TimeProvider.System);
            await web.StartAsync(End);
            using var client = new HttpClient { BaseAddress = new Uri(web.Urls.Single()) };
            foreach (var name in pictures.Keys)
            {
                await RefusedAsync(name, "plate.png");
                await RefusedAsync("plate.png", name);
            }

            await RefusedAsync("plate.png", "other-size.png");
            var jobs = JsonNode.Parse(await client.GetStringAsync(new Uri("/api/v1/jobs", UriKind.Relative), End))!;
            Assert.Equal(0, (int)jobs["total"]!);
            Assert.Equal(pictures.Count + 2, Directory.GetFileSystemEntries(root).Length);
            await web.StopAsync(End);

            async Task RefusedAsync(string plate, string trimap)
            {
                using var answer = await client.PostAsJsonAsync("/api/v1/jobs", new { plate = $"{root}/{plate}", trimap = $"{root}/{trimap}", alpha = $"{root}/alpha.tif" }, End);
                var body = await answer.Content.ReadAsStringAsync(End);
                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{plate} and {trimap}: {answer.StatusCode} {body}");
                var sentence = (string)JsonNode.Parse(body)!["detail"]!;
                Assert.InRange(sentence.Length, 10, 400);
                Assert.DoesNotContain('\n', sentence);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A sound header that promises a size, and a few bytes of picture.
    private static byte[] Png(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal)) zlib.Write(new byte[1 << 16]);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string name, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(name).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xedb88320);
        }

        return ~crc;
    }

    // A directory of no entries that names itself as the next.
    private static byte[] EndlessTiff() => [0x49, 0x49, 42, 0, 8, 0, 0, 0, 0, 0, 8, 0, 0, 0];
}
