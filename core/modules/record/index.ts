// The parameter record: a module declares its parameters once, with the words of fields.ts (type, default, unit, range, a
// sentence of help, the name in the compatible JSON). From that one record come the check of an input JSON, command-line
// overrides, help tables and the JSON Schema the window draws its forms from.
// Nothing here knows a particular module or reads a file.

export { choice, decimal, file, flag, folder, type Kind, numbers, section, sections, text, texts, whole } from './fields.ts';
export { parameterRows, type ParameterRow, parameterSchema, type ParameterSchema } from './describe.ts';
export { existingFolder, outputFolder, requireValue } from './folders.ts';
export { nearMiss } from './nearMiss.ts';
export { applyOverrides, type Overrides } from './overrides.ts';
export { isObject, type ParameterInput, parseParameters } from './parse.ts';
