// Runs the npm edition of the Kaitai Struct compiler, which has no command of its own:
//   npm install kaitai-struct-compiler js-yaml && node ksc.js FILE.ksy FOLDER
const fs = require("fs");
const path = require("path");
const yaml = require("js-yaml");
const compiler = require("kaitai-struct-compiler");

const [source, folder] = process.argv.slice(2);
const grammar = yaml.load(fs.readFileSync(source, "utf8"));
compiler.compile("python", grammar, null, false).then(
  (files) => {
    fs.mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      fs.writeFileSync(path.join(folder, name), text);
    }
  },
  (error) => {
    console.error(String(error));
    process.exit(1);
  },
);
