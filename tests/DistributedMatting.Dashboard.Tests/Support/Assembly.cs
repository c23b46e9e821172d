using DistributedMatting.Dashboard.Tests.Support;

[assembly: AssemblyFixture(typeof(Chromium))]
