using DistributedMatting.Core.Scheduling;
using DistributedMatting.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace DistributedMatting.Core.Tests.Scheduling;

/// <summary>A farm in which anything may happen at any time, played many times over.</summary>
public class PatchSchedulerProperties
{
    private const int Patches = 12;

    [Fact]
    public void WhateverHappens_NoPatchIsHeldTwice_AndEveryPatchIsDoneOrReported() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => new Farm(seed).Play()).QuickCheckThrowOnFailure();

    private sealed class Farm
    {
        private readonly Random _random;
        private readonly ManualTime _time = new();
        private readonly SchedulerOptions _options = new() { MaxLost = 100 };
        private readonly Dictionary<string, HashSet<int>> _left = [];
        private readonly Dictionary<(string, int), long> _holder = [];
        private readonly List<(PatchLease Lease, string Worker, HashSet<int> Left)> _leases = [];
        private PatchScheduler _scheduler;
        private int _term = 1;

        public Farm(int seed)
        {
            _random = new Random(seed);
            _scheduler = new PatchScheduler(_options, _time, _term);
            for (var job = 0; job < 4; job++) _left[$"job{job}"] = [.. Enumerable.Range(0, Patches)];
        }

        public bool Play()
        {
            for (var step = 0; step < 300; step++) Step(_random.Next(12));
            // The storm is over: the rest must come to an end by itself.
            for (var step = 0; step < 1000 && Unfinished(); step++)
            {
                _time.Pass(_options.NoProgress);
                _scheduler.Expire();
                Offer();
                while (Take($"calm{step % 3}")) Finish(_leases.Count - 1);
            }
            Assert.False(Unfinished(), "patches are neither done nor reported");
            return true;
        }

        private void Step(int what)
        {
            switch (what)
            {
                case 0: Offer(); break;
                case 1: _scheduler.Withdraw($"job{_random.Next(4)}"); break;
                case 2: _time.Pass(TimeSpan.FromSeconds(_random.Next(20))); _scheduler.Expire(); break;
                case 3: _scheduler.Lose($"worker{_random.Next(5)}"); break;
                case 4 when _random.Next(4) == 0: _scheduler = new PatchScheduler(_options, _time, ++_term); break;
                case 5 or 6 or 7: Take($"worker{_random.Next(5)}"); break;
                case 8 when _leases.Count > 0: GiveBack(_random.Next(_leases.Count)); break;
                case 9 when _leases.Count > 0: FailOne(_random.Next(_leases.Count)); break;
                default: if (_leases.Count > 0) Finish(_random.Next(_leases.Count)); break;
            }
        }

        private void Offer()
        {
            foreach (var (job, left) in _left)
            {
                _scheduler.Offer(new PatchRound
                {
                    Job = job,
                    Stage = "matte",
                    Project = job[^1] % 2 == 0 ? "even" : "odd",
                    Patches = [.. left.Order().Select(patch => new PatchTask(patch, patch % 3 == 0 ? "silo" : ""))],
                });
            }
        }

        private bool Take(string worker)
        {
            if (_scheduler.Take(new WorkerOffer(worker, _random.Next(2) == 0 ? "silo" : "other", 1 + _random.Next(4))) is not { } lease) return false;
            foreach (var patch in lease.Patches)
            {
                // A later lease of a patch must carry a larger token: that is what fences the earlier one off.
                if (_holder.TryGetValue((lease.Job, patch), out var before)) Assert.True(lease.Token > before);
                _holder[(lease.Job, patch)] = lease.Token;
            }
            _leases.Add((lease, worker, [.. lease.Patches]));
            return true;
        }

        private void Finish(int index)
        {
            var (lease, _, left) = _leases[index];
            _leases.RemoveAt(index);
            if (!_scheduler.Done(lease.Token, left)) return;
            foreach (var patch in left)
            {
                Assert.Equal(lease.Token, _holder[(lease.Job, patch)]);
                _left[lease.Job].Remove(patch);
            }
        }

        private void FailOne(int index)
        {
            var (lease, _, left) = _leases[index];
            var patch = left.Min();
            left.Remove(patch);
            if (left.Count == 0) _leases.RemoveAt(index);
            _scheduler.Fail(lease.Token, patch, "failed");
        }

        private void GiveBack(int index)
        {
            _scheduler.GiveBack(_leases[index].Lease.Token);
            _leases.RemoveAt(index);
        }

        private bool Unfinished() => _left.Any(job => job.Value.Except(_scheduler.PoisonOf(job.Key).Select(poison => poison.Patch)).Any());
    }
}
