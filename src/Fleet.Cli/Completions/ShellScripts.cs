namespace Fleet.Cli.Completions;

/// <summary>What a shell runs to complete a line: it asks the command itself, by the directive <c>[suggest:POSITION]</c> of its command line library.</summary>
internal static class ShellScripts
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["bash"] = """
            # fleet completion for bash: source <(fleet completion bash)
            _fleet() {
              local IFS=$'\n'
              local line=${COMP_LINE:0:COMP_POINT}
              COMPREPLY=($(compgen -W "$(fleet "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _fleet fleet

            """,
        ["zsh"] = """
            #compdef fleet
            # fleet completion for zsh: source <(fleet completion zsh), after compinit
            _fleet() {
              local line="${(j: :)words[1,CURRENT]}"
              local -a found
              found=("${(@f)$(fleet "[suggest:${#line}]" "$line" 2>/dev/null)}")
              compadd -- ${found:#} || _files
            }
            compdef _fleet fleet

            """,
        ["fish"] = """
            # fleet completion for fish: fleet completion fish | source
            function __fleet_complete
                set -l line (commandline -cp)
                set -l length (string length -- "$line")
                fleet "[suggest:$length]" "$line" 2>/dev/null
            end
            complete -c fleet -a '(__fleet_complete)'

            """,
    };
}
