namespace Fleet.Simulation.Cloud.Hosts;

/// <summary>The shells of all hosts: scripted in the simulation, real in the sandbox. Called under <see cref="World.Gate"/>; none of the calls waits.</summary>
public interface IHostShells
{
    /// <summary>Starts a script.</summary>
    /// <param name="script">The script and its host.</param>
    /// <param name="ended">Called once, under <see cref="World.Gate"/>, when it has ended.</param>
    /// <returns>A handle whose disposal kills the script; <paramref name="ended"/> still comes.</returns>
    IDisposable Start(HostScript script, Action<HostResult> ended);

    /// <summary>A host boots again: what lives in memory is gone.</summary>
    void Reboot(Instance instance);
}
