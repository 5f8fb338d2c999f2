// Whether a text from the clipboard is worth offering as settings: a command of the field's programs, extractors, script
// lines, or JSON.

const option = /(^|[\s'"])-(dir|run|prb|xa|xd|xia|xid|bf|apfilter|lffilter|gfix|loccar_um|loccar|gblcar|gbldmx|zerofillmax|syncperiod|tostream|spikeglx_bin)\b/;
const legacy = /^\s*-?i?(SY|XD|XA|BF)=[\d.,-]+/;
const script = /^[ \t]*(npx_directory|run_specs|catGT_\w+|ni_(obx_)?extract_string|event_ex_param_str|refPerMS_dict|ksTh\w*_dict|ks_\w+|modules|car_mode|loccar_\w+|sync_period|toStream_sync_params|process_lf|json_directory|runTPrime|run_CatGT|recording_specs)[ \t]*=(?!=)/m;

export function looksLikeSettings(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 2_000_000) return false;
  return option.test(trimmed) || legacy.test(trimmed) || script.test(trimmed) || (/^\{\s*"/.test(trimmed) && /"(version|kind|\w+_params|directories)"\s*:/.test(trimmed));
}
