/** What has a shell ask the program, at each Tab, what `answer.ts` tells. */
export const STUBS = {
  /** It shows no descriptions. */
  bash: `# Completion of aks-netpol for bash 4 or later: aks-netpol completion bash
_aks-netpol() {
  local words=() word='' piece last='' kept kind before offers offer
  COMPREPLY=()
  # Bash cuts words at =, : and @ too, and the program does not.
  for piece in "\${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    if [[ $piece != [=:@]* && $last != [=:@]* ]]; then
      words+=("$word") word=''
    fi
    word+=$piece last=$piece
  done
  # Bash replaces only what follows the last cut. Quotes belong to no offer.
  kept=\${COMP_LINE:0:COMP_POINT} kept=\${kept%"$2"} kept=\${kept%[\\'\\"]} kept=\${kept##*[[:blank:]]}
  word=$kept\${2//\\\\/}
  { read -r kind; read -r before; mapfile -t offers; } < <(aks-netpol __complete "word=$word" "\${words[@]:2}" 2>/dev/null)
  if [[ $kind == files ]]; then
    mapfile -t offers < <(compgen -f -- "\${word#"$before"}")
    compopt -o filenames
  fi
  for offer in "\${offers[@]%%$'\\t'*}"; do
    [[ $before$offer == "$word"* ]] || continue
    offer=$before$offer offer=\${offer#"$kept"}
    [[ $kind == files ]] || printf -v offer %q "$offer"
    COMPREPLY+=("$offer")
  done
}
complete -F _aks-netpol aks-netpol cdk8s-aks-network-policy
`,

  zsh: `#compdef aks-netpol cdk8s-aks-network-policy
# Completion of aks-netpol for zsh: aks-netpol completion zsh
_aks-netpol() {
  local -a answer=("\${(@f)$(aks-netpol __complete "word=\${(Q)PREFIX}" "\${(@Q)words[2,CURRENT-1]}" 2>/dev/null)}") offers
  local line word
  compset -P "\${(b)answer[2]}"
  if [[ $answer[1] == files ]]; then
    _files
    return
  fi
  for line in "\${(@)answer[3,-1]//\\\\/\\\\\\\\}"; do
    word=\${line%%$'\\t'*}
    offers+=("\${word//:/\\\\:}\${\${line#"$word"}/$'\\t'/:}")
  done
  _describe -V offer offers
}
# From a folder of $fpath it is loaded by its first use, in .zshrc it is read.
if [[ $funcstack[1] == _aks-netpol ]]; then
  _aks-netpol "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _aks-netpol aks-netpol cdk8s-aks-network-policy
fi
`,

  fish: `# Completion of aks-netpol for fish: aks-netpol completion fish
function __aks-netpol
    type --query aks-netpol; or return
    set --local word (commandline --current-token --cut-at-cursor)
    set --local words (commandline --current-process --tokenize --cut-at-cursor)
    set --local answer (aks-netpol __complete "word=$word" $words[2..] 2>/dev/null)
    set --local before "$answer[2]"
    set --local offers $answer[3..]
    if test "$answer[1]" = files
        set offers (complete --do-complete "'' "(string replace -- "$before" '' $word))
    end
    for offer in $offers
        echo -- $before$offer
    end
end
complete --command aks-netpol --no-files --arguments '(__aks-netpol)'
complete --command cdk8s-aks-network-policy --wraps aks-netpol
`,

  /** Where nothing is offered it offers files by itself, so it does where the user's own words are. */
  powershell: `# Completion of aks-netpol for PowerShell: aks-netpol completion powershell
Register-ArgumentCompleter -Native -CommandName 'aks-netpol', 'cdk8s-aks-network-policy' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
    $null, $before, $offers = aks-netpol __complete "word=$wordToComplete" @words 2>$null
    foreach ($offer in $offers) {
        $word, $told = $offer -split "\`t", 2
        $text = $before + $word
        if (-not $text.StartsWith($wordToComplete, [System.StringComparison]::Ordinal)) { continue }
        if ($text -match '^@|[^\\w@:./=+-]') { $text = "'" + ($text -replace "['\\u2018-\\u201b]", '$&$&') + "'" }
        if (-not $told) { $told = $word }
        [System.Management.Automation.CompletionResult]::new($text, $word, 'ParameterValue', $told)
    }
}
`,
} as const;
