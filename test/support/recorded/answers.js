const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');

/** What a recording holds, by request. */
function answersOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** A request as a recording names it: its words, and a digest of what is sent. */
function requestOf(words, input) {
  return [...words, ...(takesInput(words) ? ['<', digest(input)] : [])].join(' ');
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
  return (
    answersOf(file)[request] ?? {
      stdout: '',
      stderr: `nothing was recorded for: kubectl ${request}\n`,
      status: 99,
    }
  );
}

module.exports = { answersOf, answerTo, requestOf, takesInput };
