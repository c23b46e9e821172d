using DistributedMatting.Cluster.Farm;

namespace DistributedMatting.Cluster.Tests;

public class ActivationMemoryTests
{
    private readonly ActivationMemory _memory = new(100);

    [Fact]
    public void WhatDoesNotFit_StaysOut_UntilThereIsRoom()
    {
        Assert.True(_memory.TryKeep("key", 1, new byte[60]));
        Assert.False(_memory.TryKeep("key", 2, new byte[60]));
        Assert.Equal(60, _memory.Take("key", 1)!.Length);
        Assert.Null(_memory.Take("key", 1));
        Assert.True(_memory.TryKeep("key", 2, new byte[60]));
    }

    [Fact]
    public void PlateThatNobodyTouches_MakesRoomForOthers()
    {
        _memory.TryKeep("old", 1, new byte[40]);
        _memory.TryKeep("new", 1, new byte[40]);
        Assert.NotNull(_memory.Take("old", 1));
        _memory.TryKeep("old", 1, new byte[40]);

        Assert.True(_memory.TryKeep("third", 1, new byte[40]));
        Assert.Equal(80, _memory.Bytes);
        Assert.Null(_memory.Take("new", 1));
        Assert.NotNull(_memory.Take("old", 1));
    }

    [Fact]
    public void ArraysGivenBack_AreUsedAgain_AndLeaveRoomForWhatIsHeld()
    {
        var array = new byte[40];
        _memory.Free(array);
        _memory.Free(new byte[40]);
        _memory.Free(new byte[40]);
        Assert.True(_memory.TryKeep("key", 1, new byte[30]));
        Assert.True(_memory.TryKeep("key", 2, new byte[30]));

        Assert.Same(array, _memory.Spare(40));
        Assert.Null(_memory.Spare(40));
        Assert.Equal(60, _memory.Bytes);
    }

    [Fact]
    public void ArrayOfAnotherLength_IsNotGiven()
    {
        _memory.Free(new byte[40]);
        Assert.Null(_memory.Spare(41));
        Assert.Null(_memory.Spare(40));
    }

    [Fact]
    public void SamePatchTwice_CountsOnce()
    {
        Assert.True(_memory.TryKeep("key", 1, new byte[40]));
        Assert.False(_memory.TryKeep("key", 1, new byte[40]));
        Assert.Equal(40, _memory.Bytes);
    }
}
