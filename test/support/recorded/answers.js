const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const { devNull } = require('node:os');

/** What a recording holds, by request. */
function answersOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** How every request but the one that asks for it names the context of the recording, or says that there is none. */
const CONTEXTS = [
  ['--context', 'bed'],
  ['--kubeconfig', devNull],
];

/** A request as a recording names it: its words but for the context, and a digest of what is sent. */
function requestOf(words, input) {
  const own = isInContext(words) ? words.slice(2) : words;
  return [...own, ...(takesInput(words) ? ['<', digest(input)] : [])].join(' ');
}

function isInContext(words) {
  return CONTEXTS.some(([option, value]) => words[0] === option && words[1] === value);
}

function takesInput(words) {
  return words.includes('--filename=-');
}

/** What is sent, but for the numbers and names that differ from server to server. */
function digest(text) {
  const known = text.replace(/"(uid|resourceVersion)":"[^"]*"/g, '"$1":""');
  return createHash('sha256').update(known).digest('hex').slice(0, 12);
}

/** What kubectl answered when the recording was made. */
function answerTo(words, input, file) {
  const request = requestOf(words, input);
  // What kustomize builds has nothing to do with a cluster.
  if (!isInContext(words) && !words.includes('config') && words[0] !== 'kustomize') {
    return { stdout: '', stderr: `another context may be meant: kubectl ${request}\n`, status: 98 };
  }
  return (
    answersOf(file)[request] ?? {
      stdout: '',
      stderr: `nothing was recorded for: kubectl ${request}\n`,
      status: 99,
    }
  );
}

module.exports = { answersOf, answerTo, requestOf, takesInput };
