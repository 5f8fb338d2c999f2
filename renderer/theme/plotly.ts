// The plotly we carry: scatter, strict WebGL scatter, bars, histograms, heat maps. The stock bundle would make code at run
// time, which the content policy forbids.

import Plotly from 'plotly.js/lib/core';
import bar from 'plotly.js/lib/bar';
import heatmap from 'plotly.js/lib/heatmap';
import histogram from 'plotly.js/lib/histogram';
import scattergl from 'plotly.js/src/traces/scattergl/strict';

Plotly.register([bar, heatmap, histogram, scattergl]);

export const plotly = Plotly;
