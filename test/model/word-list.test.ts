import { type ListedText, lengthOf, listTexts, listWords } from '../../lib/model/word-list';

test.each([
  { words: [], said: 'nothing' },
  { words: ['a'], said: 'a' },
  { words: ['a', 'b'], said: 'a and b' },
  { words: ['a', 'b', 'c', 'd'], said: 'a, b, c and d' },
  { words: ['a', 'b', 'c', 'd', 'e'], said: 'a, b, c and 2 more' },
])('$said', ({ words, said }) => {
  expect(listWords(words)).toBe(said);
});

const texts = (...names: string[]): ListedText[] => names.map((text) => ({ text }));

test.each<{ why: string; list: readonly ListedText[]; said: string; length: number }>([
  {
    why: 'exceptions follow what they belong to',
    list: [{ text: 'all', except: texts('a', 'b') }],
    said: 'all except a and b',
    length: 3,
  },
  {
    why: 'in braces where something follows',
    list: [{ text: 'all', except: texts('a') }, { text: 'b' }],
    said: 'all (except a) and b',
    length: 3,
  },
  {
    why: 'many exceptions are counted',
    list: [{ text: 'all', except: texts('a', 'b', 'c', 'd', 'e', 'f') }],
    said: 'all except a, b, c and 3 more',
    length: 7,
  },
  {
    why: 'the rest is counted by what it stands for',
    list: [...texts('a', 'b', 'c'), { text: 'all d', count: 7 }, { text: 'e' }],
    said: 'a, b, c and 8 more',
    length: 5,
  },
  {
    why: 'exceptions take room, too',
    list: [{ text: 'all', except: texts('a', 'b'), count: 9 }, { text: 'c', count: 4 }, { text: 'd' }],
    said: 'all (except a and b) and 5 more',
    length: 5,
  },
  {
    why: 'the first is told however long it is',
    list: [{ text: 'all', except: texts('a', 'b', 'c', 'd', 'e') }, { text: 'f' }],
    said: 'all (except a, b, c and 2 more) and 1 more',
    length: 7,
  },
])('$why', ({ list, said, length }) => {
  expect([listTexts(list), lengthOf(list)]).toEqual([said, length]);
});
