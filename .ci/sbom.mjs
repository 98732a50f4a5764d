// Takes out of a bill of materials what is not built, and fails unless the rest is CycloneDX and names
// everything of a list (`name vVERSION`, one a line), each crate with package URL, licence and hash.
//
// cargo-cyclonedx goes by the lock file, which also holds what only features that are off would pull in.
import { readFileSync, writeFileSync } from "node:fs";
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
writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);

const written = JSON.parse(readFileSync(file, "utf8"));
const named = new Map([...written.components, written.metadata.component].map((it) => [crate(it), it]));
const faults = [];
if (written.bomFormat !== "CycloneDX" || written.specVersion !== "1.5") faults.push("it is no CycloneDX 1.5");
if (built.size < 100) faults.push(`a list of ${built.size} crates cannot be right`);
if (written.dependencies.length !== named.size) faults.push("not everything has its dependencies");
for (const name of built) if (!named.has(name)) faults.push(`${name} is missing`);
for (const [name, component] of named) {
  const isOurs = /^(gatehouse|migration) /.test(name);
  const isWhole = component.purl?.startsWith("pkg:cargo/") && component.licenses?.length > 0;
  if (!isWhole || (!isOurs && !(component.hashes?.length > 0))) faults.push(`${name} lacks purl, licence or hash`);
}
for (const fault of faults) console.error(`${file}: ${fault}`);
console.log(`${file}: ${named.size} components of CycloneDX ${written.specVersion}`);
process.exit(faults.length === 0 ? 0 : 1);
