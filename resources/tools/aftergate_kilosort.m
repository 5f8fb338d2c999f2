function aftergate_kilosort(ops, version, remDup, finalSplits, labelGood, saveRez)
% Goes through the steps of Kilosort 2.0, 2.5 or 3.0, as their authors publish them, and saves the result for phy.
%   ops          Kilosort's options; ops.datafile is sorted, results go to the folder ops.rootZ
%   version      '2.0', '2.5' or '3.0': must be the Kilosort that is on the path
%   remDup, finalSplits, labelGood (2.0 and 2.5), saveRez: 1 or 0, whether that optional step is done
% Lines 'aftergate-stage NAME' tell the program that started MATLAB how far it is.

ops.fbinary = ops.datafile;
if ~isfield(ops, 'sig')
    ops.sig = 20; % um, smoothness of drift along the probe: 2.5 and 3.0 want it, and have this value in their examples
end

stage('preprocessing');
rez = preprocessDataSub(ops);

if strcmp(version, '2.0')
    stage('ordering batches by drift');
    rez = clusterSingleBatches(rez);
else
    stage('correcting drift');
    rez = datashift2(rez, 1);
end

switch version
    case '2.0'
        stage('matching templates');
        rez = learnAndSolve8b(rez);
        rez = refine(rez, version, remDup, finalSplits, labelGood);
    case '2.5'
        stage('matching templates');
        rez = learnAndSolve8b(rez, ops.LTseed);
        rez = refine(rez, version, remDup, finalSplits, labelGood);
    case '3.0'
        stage('detecting spikes');
        [rez, spikes, features] = extract_spikes(rez);
        stage('learning templates');
        rez = template_learning(rez, features, spikes);
        stage('matching templates');
        [rez, spikes, features] = trackAndSort(rez);
        stage('clustering');
        rez = final_clustering(rez, features, spikes);
        stage('merging');
        rez = find_merges(rez, 1);
    otherwise
        error('aftergate:version', 'Kilosort %s is not one of 2.0, 2.5, 3.0', version);
end

stage('saving');
if strcmp(version, '3.0')
    rezToPhy2(rez, ops.rootZ);
else
    rezToPhy(rez, ops.rootZ);
end
if saveRez
    saveAsMat(rez, fullfile(ops.rootZ, 'rez2.mat'));
end
end


function rez = refine(rez, version, remDup, finalSplits, labelGood)
% What 2.0 and 2.5 do with the clusters that template matching has left.
if remDup
    stage('removing duplicates');
    rez = remove_ks2_duplicate_spikes(rez);
end
stage('merging');
rez = find_merges(rez, 1);
if finalSplits
    stage('splitting');
    rez = splitAllClusters(rez, 1); % by shape
    if strcmp(version, '2.0')
        rez = splitAllClusters(rez, 0); % by amplitude
    end
end
rez = set_cutoff(rez);
if labelGood && exist('get_good_units', 'file')
    rez.good = get_good_units(rez);
end
end


function saveAsMat(rez, file)
% Without the features, which are in the .npy files and make up most of it; spikes in the order of time.
rez.cProj = [];
rez.cProjPC = [];
rez.st3 = sortrows(rez.st3);
names = fieldnames(rez);
for index = 1:numel(names)
    if isa(rez.(names{index}), 'gpuArray')
        rez.(names{index}) = gather(rez.(names{index}));
    end
end
save(file, 'rez', '-v7.3');
end


function stage(name)
fprintf('aftergate-stage %s\n', name);
end
