// Takes out of a bill of materials what is not built, and fails unless the rest is CycloneDX and names
// everything of a list (`name vVERSION`, one a line), each crate with package URL, licence and hash.
//
// cargo-cyclonedx goes by the lock file, which also holds what only features that are off would pull in. It knows nothing of
// the packages in GraphiQL's build, which a release holds where playground/ was built before: its list of licenses names them.
import { Buffer } from "node:buffer";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";

const [, , file, list] = process.argv;
// Where the sources lay is nobody's business.
const text = readFileSync(file, "utf8").replaceAll(`file://${process.cwd()}`, "file://.");
const bill = JSON.parse(text);
const built = new Set(readFileSync(list, "utf8").trim().split("\n"));
const crate = (component) => `${component.name} v${component.version}`;
const reference = (component) => component["bom-ref"];

bill.components = bill.components.filter((component) => built.has(crate(component)));
const kept = new Set([...bill.components, bill.metadata.component].map(reference));
bill.dependencies = bill.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((it) => kept.has(it)) }));
const npm = existsSync("playground/dist/licenses.md") ? npmComponents() : [];
bill.components.push(...npm);
bill.dependencies.push(...npm.map((component) => ({ ref: reference(component), dependsOn: [] })));
bill.dependencies.find(({ ref }) => ref === reference(bill.metadata.component)).dependsOn.push(...npm.map(reference));
writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);

const written = JSON.parse(readFileSync(file, "utf8"));
const named = new Map([...written.components, written.metadata.component].map((it) => [crate(it), it]));
const faults = [];
if (npm.length > 0 && npm.length < 20) faults.push(`a build of ${npm.length} packages cannot be right`);
if (written.bomFormat !== "CycloneDX" || written.specVersion !== "1.5") faults.push("it is no CycloneDX 1.5");
if (built.size < 100) faults.push(`a list of ${built.size} crates cannot be right`);
if (written.dependencies.length !== named.size) faults.push("not everything has its dependencies");
for (const name of built) if (!named.has(name)) faults.push(`${name} is missing`);
for (const [name, component] of named) {
  const isOurs = /^(bcrypt-lanes|gatehouse|migration) /.test(name);
  const isWhole = /^pkg:(cargo|npm)\//.test(component.purl ?? "") && component.licenses?.length > 0;
  if (!isWhole || (!isOurs && !(component.hashes?.length > 0))) faults.push(`${name} lacks purl, licence or hash`);
}
if (npm.length === 0) console.log("playground/ was not built: without the packages of GraphiQL");
for (const fault of faults) console.error(`${file}: ${fault}`);
console.log(`${file}: ${named.size} components of CycloneDX ${written.specVersion}`);
process.exit(faults.length === 0 ? 0 : 1);

/** What the bundler put into GraphiQL's build, with the hashes of the lock file. */
function npmComponents() {
  const { packages } = JSON.parse(readFileSync("playground/package-lock.json", "utf8"));
  const licenses = readFileSync("playground/dist/licenses.md", "utf8");
  return [...licenses.matchAll(/^## (\S+) - (\S+) \((.+)\)$/gm)].map(([, name, version, license]) => {
    const inPath = (path) => path.endsWith(`node_modules/${name}`) && packages[path].version === version;
    const integrity = packages[Object.keys(packages).find(inPath)]?.integrity ?? "";
    const content = Buffer.from(integrity.replace(/^sha512-/, ""), "base64").toString("hex");
    const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
    return {
      type: "library",
      "bom-ref": purl,
      name,
      version,
      scope: "optional",
      licenses: [{ expression: license }],
      purl,
      hashes: content === "" ? [] : [{ alg: "SHA-512", content }],
    };
  });
}
