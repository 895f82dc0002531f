// Runs an ONNX model over float32 rows in batches and writes its float32 output rows.
// node predict.mjs MODEL FEATURES COLUMNS OUTPUT BATCH...   the batch sizes are used in turn, the last one for all the rest
import { readFileSync, writeFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web';

const [model, featuresFile, columnsText, outputFile, ...batchTexts] = process.argv.slice(2);
const columns = Number(columnsText);
const bytes = readFileSync(featuresFile);
const features = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
const rows = features.length / columns;

ort.env.wasm.numThreads = 1;
const session = await ort.InferenceSession.create(readFileSync(model), { executionProviders: ['wasm'] });
const [input] = session.inputNames;
const [output] = session.outputNames;

const parts = [];
for (let first = 0, turn = 0; first < rows; turn++) {
  const count = Math.min(Number(batchTexts[Math.min(turn, batchTexts.length - 1)]), rows - first);
  const batch = new ort.Tensor('float32', features.slice(first * columns, (first + count) * columns), [count, columns]);
  const results = await session.run({ [input]: batch });
  parts.push(Buffer.from(new Float32Array(results[output].data).buffer));
  first += count;
}

writeFileSync(outputFile, Buffer.concat(parts));
console.log(JSON.stringify({ input, output, runtime: ort.env.versions.web }));
