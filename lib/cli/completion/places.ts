import type { Operand, Outline, OutlineVerb, Values } from './outline';

/** Places in which the same can stand, so that a script says it once. */
export interface PlaceGroup {
  /**
   * The verb, a blank, and the option or the number of the operand, from 1 on: `list --format`, `show 1`; `lint *` are
   * all further operands. Before the verb its name is empty.
   */
  readonly places: readonly string[];
  readonly values: Values;
  /** Whether an option takes more words, up to the next option. */
  readonly isMany: boolean;
}

/** Every place for a word of the user's own, in the order of the program. */
export function placeGroups({ options, verbs }: Outline): PlaceGroup[] {
  const groups = new Map<string, PlaceGroup & { readonly places: string[] }>();
  const before: OutlineVerb = { name: '', aliases: [], description: '', options, operands: [] };
  for (const { name, options, operands } of [before, ...verbs]) {
    const add = (places: readonly string[], { values }: Operand, isMany: boolean) => {
      const key = JSON.stringify([values, isMany]);
      const group = groups.get(key) ?? { places: [], values, isMany };
      group.places.push(...places.map((place) => `${name} ${place}`));
      groups.set(key, group);
    };
    for (const { flags, value } of options) {
      if (value !== undefined) {
        add(flags, value, value.isMany);
      }
    }
    for (const [i, operand] of operands.entries()) {
      add([operand.isMany ? '*' : String(i + 1)], operand, false);
    }
  }
  return [...groups.values()];
}

/** The program's name as part of the name of a shell's function. */
export function identifier({ names: [name] }: Outline): string {
  return name.replace(/\W/g, '_');
}

/** One line, whatever it was. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
