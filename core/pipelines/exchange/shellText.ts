// Command lines as people keep them (shells, batch files, runit scripts, wrapped lines, quotes) to commands of plain words.

export interface ShellCommand {
  /** `CatGT`, `TPrime`, `C_Waves`, or undefined for options alone. */
  readonly program: Program | undefined;
  /** The program's name as written. */
  readonly programToken: string | undefined;
  readonly words: readonly string[];
}

export type Program = 'CatGT' | 'TPrime' | 'C_Waves';

const programs: readonly (readonly [RegExp, Program])[] = [[/catgt/i, 'CatGT'], [/tprime/i, 'TPrime'], [/c_?waves/i, 'C_Waves']];
/** Lines of runit scripts that are not about the data. */
const wrapping = /^\s*(@|#|::|rem\b|if\b|then\b|else\b|fi\b|export\b|SRC=|setlocal|cd\b|echo\b|exit\b|\$\(|PATH=|set -)/i;
const wrappingWords = /^(--%|call|start|cmd(\.exe)?|\/c|sudo|nohup|time|&|&&|;|\.|bash|sh|aftergate|%\*|"?\$@"?|%?\$?(LOCAL)?ARGS%?|\$\{?LOCALARGS\}?)$/i;

export function shellCommands(text: string): ShellCommand[] {
  const lines = joined(text).split('\n').filter((line) => line.trim() !== '' && !wrapping.test(line));
  const commands = lines.flatMap((line) => split(unassigned(line))).filter(({ words, program }) => words.length > 0 || program !== undefined);
  // Options wrapped onto lines of their own, without anything at the line's end, still belong together.
  return commands.reduce<ShellCommand[]>((done, command) => {
    const last = done.at(-1);
    if (!last || command.program !== undefined) return [...done, command];
    return [...done.slice(0, -1), { ...last, words: [...last.words, ...command.words] }];
  }, []);
}

/** Lines that end in a backslash, a caret or a grave accent go on. */
function joined(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[\\^`][ \t]*\n/g, ' ').replace(/\^(?=[^\s"])/g, '');
}

/** `set LOCALARGS=-dir=...`, `LOCALARGS="-dir=..."`, `ARGS='-dir=...'`: the options alone. */
function unassigned(line: string): string {
  return line.replace(/^\s*(?:set\s+)?"?[A-Za-z_]*ARGS=(["']?)(.*?)\1"?\s*$/i, '$2');
}

function split(line: string): ShellCommand[] {
  const words = spacedPaths(shellWords(line).flatMap(inner)).filter((word) => !wrappingWords.test(word) && !/^%~?dp0/.test(word));
  const at = words.findIndex((word) => !word.startsWith('-'));
  const program = at < 0 ? undefined : programs.find(([pattern]) => pattern.test(baseName(words[at])))?.[1] ?? (isRunit(words[at]) ? programOf(words) : undefined);
  return [{ program, programToken: program === undefined ? undefined : words[at], words: words.filter((_, index) => program === undefined || index !== at) }];
}

const baseName = (word: string) => word.split(/[\\/]/).at(-1)!;
const isRunit = (word: string) => /^runit\.(bat|sh|cmd)$/i.test(baseName(word));

/** By an option that only one program has. */
export function programOf(words: readonly string[]): Program {
  const has = (pattern: RegExp) => words.some((word) => pattern.test(word));
  if (has(/^-(syncperiod|tostream|fromstream|events|offsets)\b/)) return 'TPrime';
  return has(/^-(spikeglx_bin|clus_\w+|samples_per_spike|pre_samples|num_spikes|snr_radius\w*)\b/) ? 'C_Waves' : 'CatGT';
}

/** Words at blanks; what stands in quotes (which are dropped) or braces stays together. */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  let braces = 0;
  for (const char of line) {
    if (quote === '' && braces === 0 && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word ??= '';
    if (quote !== '' ? char === quote : char === '"' || char === "'") {
      quote = quote === '' ? char : '';
      continue;
    }
    if (quote === '') braces = Math.max(0, braces + (char === '{' ? 1 : char === '}' ? -1 : 0));
    word += char;
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** The whole command line in one pair of quotes. */
function inner(word: string): string[] {
  return word.startsWith('-') && /\s-[A-Za-z]/.test(word) ? word.trim().split(/\s+(?=-[A-Za-z])/) : [word];
}

/** `-dir=D:\my data` without quotes: the second word is part of the path. */
function spacedPaths(words: readonly string[]): string[] {
  return words.reduce<string[]>((done, word) => {
    const last = done.at(-1);
    const goesOn = last !== undefined && /^-(dir|dest)=/.test(last) && !word.startsWith('-');
    return goesOn ? [...done.slice(0, -1), `${last} ${word}`] : [...done, word];
  }, []);
}
