import { writeFileSync } from 'node:fs';
import { pages } from './pages';

// Writes the pages of the rules anew; a test holds them to the rules.
for (const [file, text] of pages()) {
  writeFileSync(file, text);
}
