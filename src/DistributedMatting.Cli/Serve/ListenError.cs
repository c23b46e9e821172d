using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DistributedMatting.Core;

namespace DistributedMatting.Cli.Serve;

/// <summary>Why a service cannot listen, in a line.</summary>
internal static class ListenError
{
    private const int FirstFreePort = 1024;

    /// <summary>The line for a person.</summary>
    /// <param name="listen">Where it was to listen.</param>
    /// <param name="error">What the web server says.</param>
    public static InvalidInputException Of(IPEndPoint listen, Exception error)
    {
        var socket = error as SocketException ?? error.GetBaseException() as SocketException;
        var port = listen.Port.ToString(CultureInfo.InvariantCulture);
        var why = socket?.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => $"another process listens on port {port} already (another 'matting serve'?); stop it, or name another port, 0 for a free one",
            SocketError.AddressNotAvailable => $"{listen.Address} is no address of this machine; name one of its own, or 127.0.0.1",
            SocketError.AccessDenied => $"port {port} is not for this user; name one from {FirstFreePort.ToString(CultureInfo.InvariantCulture)} on",
            SocketError.AddressFamilyNotSupported => $"this machine does not speak the protocol of {listen.Address}; name another address",
            _ => $"it cannot be listened on ({error.GetBaseException().Message.TrimEnd('.')}); name another address or port",
        };
        return new InvalidInputException($"--listen {listen}: {why}", error);
    }
}
