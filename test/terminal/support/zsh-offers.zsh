# What zsh offers for command lines: zsh -f zsh-offers.zsh SCRIPT LINE... writes for each line what was offered, a
# word on a line with a tab and its description, and then a line "---". The completion system of zsh works only
# where somebody types, so a second zsh types into a terminal of its own.
zmodload zsh/zpty

typeset asked=$(mktemp) answers=$(mktemp)
cat >$asked <<'ZSH'
PROMPT= RPROMPT=
# No description is cut.
stty cols 500
unsetopt zle_bracketed_paste 2>/dev/null
autoload -Uz compinit
compinit -D -u
zstyle ':completion:*' list-separator ''
zstyle ':completion:*' verbose yes
# Takes the place of the builtin that all offers go through; -O, -A and -D only ask it what fits.
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-[OAD]* ]]; then
    builtin compadd "$@"
    return
  fi
  local -a offered described
  local at=${@[(i)-d]}
  if (( at < $# )); then
    local given=$@[at+1]
    if [[ $given == \(* ]]; then eval "described=$given"; else described=("${(@P)given}"); fi
  fi
  builtin compadd -A offered -D described "$@"
  local i
  for (( i = 1; i <= $#offered; i++ )); do
    print -r -- "$IPREFIX$offered[i]"$'\t'"$described[i]" >>$ANSWERS
  done
}
offers() {
  # Completion is asked for once; the line is thrown away.
  BUFFER=$LINES_ASKED[1] CURSOR=${#LINES_ASKED[1]}
  shift LINES_ASKED
  zle complete-word
  print -r -- --- >>$ANSWERS
  BUFFER=
  (( $#LINES_ASKED )) || exit
}
zle -N offers
bindkey '^I' offers
ZSH
typeset typed=$(mktemp)
print -r -- "ANSWERS=${(q)answers}" >$typed
print -r -- "LINES_ASKED=(${(@q)argv[2,-1]})" >>$typed
print -r -- "source ${(q)asked}; source ${(q)1}; print ready" >>$typed

zpty person zsh -f -i
zpty -w person "source ${(q)typed}"
while zpty -r person line; do
  [[ $line == ready* ]] && break
done
repeat $(( $# - 1 )); do
  zpty -w -n person $'\t'
done
while zpty -r person line; do :; done
cat $answers
rm $asked $answers $typed
