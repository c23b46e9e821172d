using DistributedMatting.Core;

namespace DistributedMatting.Silo.Objects;

/// <summary>How much of a farm's objects its Redis holds beside the shared folder.</summary>
public sealed record RedisObjectsOptions
{
    /// <summary>Largest object that is kept there, 0 to 1024 KiB; 0 for none.</summary>
    public int MaxObjectKib { get; init; } = 64;

    /// <summary>Most memory of Redis that all of them take, names included, 1 to 65536 MiB; the same on all silos.</summary>
    public int MaxMemoryMib { get; init; } = 256;

    /// <summary>How long an object stays, a second to a day. A plate's pooled vectors are wanted until all of it is encoded.</summary>
    public TimeSpan Expiry { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Throws unless every value lies within its limits.</summary>
    /// <exception cref="InvalidInputException">Names the setting and what would be right.</exception>
    public void Validate()
    {
        if (MaxObjectKib is < 0 or > 1024) throw new InvalidInputException($"the largest object in Redis is {MaxObjectKib} KiB; it must be 0 to 1024 KiB");
        if (MaxMemoryMib is < 1 or > 65536) throw new InvalidInputException($"the memory of Redis for objects is {MaxMemoryMib} MiB; it must be 1 to 65536 MiB");
        if (Expiry < TimeSpan.FromSeconds(1) || Expiry > TimeSpan.FromDays(1)) throw new InvalidInputException($"objects stay in Redis for {Expiry.TotalSeconds} s; it must be 1 to 86400 s");
    }
}
