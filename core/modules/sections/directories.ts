// `directories`: where a recording is and where results go.

import { folder, section } from '../record/index.ts';

export const directories = section('Folders of the recording and of the results.', {
  npx_directory: folder({ help: 'Folder that holds the run folders SpikeGLX wrote.' }).optional(),
  extracted_data_directory: folder({ help: 'Where CatGT puts its output (for later modules: where it is); made when missing.' }).optional(),
  kilosort_output_directory: folder({ help: 'The sorter\'s output folder, read and added to by what follows sorting.' }).optional(),
  kilosort_output_tmp: folder({ help: 'Scratch folder of the MATLAB Kilosorts, best on a fast local drive.' }).optional(),
  ecephys_directory: folder({ help: 'Where the Python pipeline was installed; kept from imported files, not used.' }).optional(),
});
