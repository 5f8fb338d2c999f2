import { expect, test } from 'vitest';
import { looksLikeSettings } from '../../../../renderer/screens/session/pastedText.ts';
import { age } from '../../../../renderer/screens/sessions/age.ts';

test.each([
  'CatGT -dir=D:/data -run=m41 -g=0 -t=0', '-xd=0,0,8,3,0', "'-gfix=0.4,0.1,0.02'", 'SY=0,384,6,500', "ni_obx_extract_string = '-xa=0,0,2,3,4.5,25'", "# my rig\nks_ver = '4'", '{"version": 1, "kind": "multi-run"}', '{\n    "catGT_helper_params": {}}',
])('%s is offered as settings', (text) => expect(looksLikeSettings(text)).toBe(true));

test.each(['', 'hello', 'D:\\data\\m41_g0', 'a = b', '{"name": 1}', 'well-run experiment - g'])('%s is not', (text) => expect(looksLikeSettings(text)).toBe(false));

test.each([['2026-11-19T18:42:00Z', 'just now'], ['2026-11-19T18:10:00Z', '32 min ago'], ['2026-11-19T06:42:00Z', '12 h ago'], ['2026-11-10T18:42:00Z', '9 days ago']])('%s is %s', (at, words) => {
  expect(age(at, Date.parse('2026-11-19T18:42:30Z'))).toBe(words);
});
