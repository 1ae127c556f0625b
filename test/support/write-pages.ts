import { writeFileSync } from 'node:fs';
import { verbPages } from '../cli/pages';
import { pages } from '../lint/pages';

// Writes the pages of rules and verbs anew; tests hold them to the program.
async function write(): Promise<void> {
  for (const [file, text] of [...pages(), ...(await verbPages())]) {
    writeFileSync(file, text);
  }
}

void write();
