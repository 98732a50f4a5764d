"""Tests of .ci/security-score: `.ci/security-score --self-test` runs them."""

import sys
import tempfile
import unittest
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

loader = SourceFileLoader("security_score", str(Path(__file__).parent / "security-score"))
score = module_from_spec(spec_from_loader("security_score", loader))
sys.modules["security_score"] = score

loader.exec_module(score)

LOG = """
   Compiling gatehouse v0.1.0
     Running unittests src/lib.rs (target/debug/deps/gatehouse-0123456789abcdef)
test passwords::policy::tests::short ... ok
     Running unittests src/main.rs (/there/target/debug/deps/gatehouse-fedcba9876543210)
     Running tests/api/main.rs (target/debug/deps/api-0123456789abcdef)
test http::cors::open has been running for over 60 seconds
test http::cors::open ... ok
test http::cors::shut ... FAILED
test http::cors::away ... ignored
test http::cors::panics - should panic ... ok
     Running tests/rules.rs (target/debug/deps/rules-0123456789abcdef)
test glued ... ok
   Doc-tests gatehouse
test src/lib.rs - (line 3) ... ok
"""
HEAD = "id,level,evidence,requirement,applies,status,proof,reason\n"


def row(level=1, evidence="T", applies="yes", status="pass", proofs=("test:api::a",), reason=""):
    return score.Row("V1.1.1", level, evidence, "x", applies, status, list(proofs), reason)


def run(root=Path("/nowhere"), tests=("api::a",), steps=("supply chain",)):
    logs = {name: {test: True for test in tests} for name in ("sqlite", "postgresql")}
    return score.Run(root, logs, set(steps))


class Logs(unittest.TestCase):
    def test_names_are_those_of_the_binary_and_the_path(self):
        self.assertEqual(
            score.tests_in(LOG),
            {
                "lib::passwords::policy::tests::short": True,
                "api::http::cors::open": True,
                "api::http::cors::shut": False,
                "api::http::cors::away": False,
                "api::http::cors::panics": True,
                "rules::glued": True,
            },
        )

    def test_a_test_that_was_red_once_stays_red(self):
        again = LOG + LOG.replace("shut ... FAILED", "shut ... ok")
        self.assertFalse(score.tests_in(again)["api::http::cors::shut"])

    def test_colours_do_not_matter(self):
        coloured = LOG.replace("Running", "\x1b[1mRunning\x1b[0m").replace("ok", "\x1b[32mok\x1b[0m")
        self.assertEqual(score.tests_in(coloured), score.tests_in(LOG))


class Proofs(unittest.TestCase):
    def test_a_test_has_to_be_green_on_both_databases(self):
        there = run()
        self.assertIsNone(there.lacks("test:api::a"))
        there.logs["postgresql"]["api::a"] = False
        self.assertIn("red on postgresql", there.lacks("test:api::a"))
        del there.logs["sqlite"]["api::a"]
        self.assertIn("did not run on sqlite", there.lacks("test:api::a"))

    def test_documents_and_texts_have_to_be_there(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "a.md").write_text("# Who may do `what`, and why\ntext: there\n")
            there = run(root)
            self.assertIsNone(there.lacks("doc:a.md#who-may-do-what-and-why"))
            self.assertIsNone(there.lacks("text:a.md:text: there"))
            for proof in ["doc:a.md#who", "doc:b.md", "text:a.md:gone", "text:a.md:", "ci:none", "word:x", ""]:
                self.assertIsNotNone(there.lacks(proof), proof)

    def test_a_row_needs_a_proof_of_its_kind(self):
        for evidence, proof in [("T", "ci:supply chain"), ("D", "test:api::a"), ("T", "")]:
            one = row(evidence=evidence, proofs=[proof] if proof else [])
            score.check([one], run())
            self.assertEqual(one.points(), 0, (evidence, proof))

    def test_one_proof_that_does_not_hold_takes_the_row_with_it(self):
        one = row(proofs=["test:api::a", "test:api::renamed"], status="partial", reason="y")
        score.check([one], run())
        self.assertEqual(one.points(), 0)
        self.assertIn("renamed", one.why())


class Numbers(unittest.TestCase):
    def test_partial_counts_half_and_what_has_not_shipped_not_at_all(self):
        rows = [
            row(),
            row(level=2, status="partial", reason="y"),
            row(level=2, status="fail", reason="y"),
            row(level=2, applies="maybe", status="n/a", reason="y"),
            row(level=3),
        ]
        self.assertEqual(score.percentage(rows, (1, 2)), 50.0)
        self.assertEqual(score.percentage(rows, (3,)), 100.0)

    def test_every_row_is_judged(self):
        for line, word in [
            ("V1.1.1,1,T,x,perhaps,pass,test:api::a,", "applies"),
            ("V1.1.1,1,T,x,yes,good,test:api::a,", "status"),
            ("V1.1.1,1,T,x,yes,fail,,", "without a reason"),
            ("V1.1.1,1,T,x,maybe,pass,test:api::a,", "not shipped"),
            ("V1.1.1,1,T,x,yes,pass,test:api::a,", "1 rows instead"),
        ]:
            _, wrong = score.read_rows(HEAD + line)
            self.assertTrue(any(word in it for it in wrong), (line, wrong))

    def test_the_gate_of_level_1_bears_nothing_but_a_pass(self):
        with tempfile.TemporaryDirectory() as folder:
            rows = [row(status="partial", reason="y"), row(level=2, status="fail", reason="z")]
            found = score.gates(rows, [], run(Path(folder), steps=()))
            self.assertEqual(found["G1 every requirement of level 1"], ["V1.1.1: y"])
            self.assertTrue(found["G3 supply chain"])
            many = [row(level=2, status="n/a", reason="y"), row(level=2)]
            self.assertTrue(score.gates(many, [], run(Path(folder)))["the list itself"])


class Attacks(unittest.TestCase):
    def lacking(self, line, patch="Fails: api::a\n---\n", tests=("api::a",)):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "docs/security/attacks").mkdir(parents=True)
            (root / "tests/mutants").mkdir(parents=True)
            for part in score.ATTACK_PARTS:
                text = f"row,attack,applies,tests,mutants\n{line}\n"
                (root / f"docs/security/attacks/{part}.csv").write_text(text)
            (root / "tests/mutants/open.patch").write_text(patch)
            return score.attacks(run(root, tests))

    def test_an_attack_has_green_tests_and_its_mutants_list_one_of_them(self):
        self.assertEqual(self.lacking("1,x,yes,api::a,open"), [])
        self.assertEqual(self.lacking("1,x,yes,api::a,"), [])
        self.assertEqual(self.lacking("1,x,no: there is no TOTP yet,,"), [])
        for line, options in [
            ("1,x,yes,,open", {}),
            ("1,x,no:,,", {}),
            ("1,x,yes,api::gone,open", {}),
            ("1,x,yes,api::a,gone", {}),
            ("1,x,yes,api::a,open;gone", {}),
            ("1,x,yes,api::a,open", {"patch": "Fails: api::b\n"}),
            ("1,x,yes,api::a,open", {"tests": ()}),
        ]:
            self.assertTrue(self.lacking(line, **options), (line, options))

    def test_a_list_that_is_not_there_is_a_gap(self):
        self.assertEqual(len(score.attacks(run())), len(score.ATTACK_PARTS))


class Files(unittest.TestCase):
    def test_an_open_finding_of_high_severity_is_a_gap(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "docs/security/findings.csv"
            self.assertTrue(score.open_findings(Path(folder)))
            path.parent.mkdir(parents=True)
            path.write_text("id,severity,status,finding\n1,low,open,x\n2,high,mended,y\n")
            self.assertEqual(score.open_findings(Path(folder)), [])
            path.write_text("id,severity,status,finding\n1,critical,open,x\n")
            self.assertEqual(len(score.open_findings(Path(folder))), 1)

    def test_unsafe_code_is_forbidden_in_every_crate(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name in ("bcrypt-lanes", "migration", "fuzz"):
                (root / name).mkdir()
            (root / "fuzz/Cargo.toml").write_text('unsafe_code = "forbid"\n')
            (root / "bcrypt-lanes/Cargo.toml").write_text("[lints]\nworkspace = true\n")
            (root / "migration/Cargo.toml").write_text("[lints]\nworkspace = true\n")
            (root / "Cargo.toml").write_text('unsafe_code = "forbid"\n[lints]\nworkspace = true\n')
            self.assertEqual(score.unsafe_crates(root), [])
            (root / "Cargo.toml").write_text('unsafe_code = "warn"\n[lints]\nworkspace = true\n')
            self.assertEqual(len(score.unsafe_crates(root)), 1)
            (root / "migration/Cargo.toml").write_text("")
            self.assertEqual(len(score.unsafe_crates(root)), 2)

    def test_the_block_goes_between_its_marks(self):
        readme = f"# A\n{score.BEGIN}\nold\n{score.END}\n# B\n"
        self.assertEqual(score.in_page(readme), "old")
        written = score.in_page(readme, "new")
        self.assertEqual(written, f"# A\n{score.BEGIN}\nnew\n{score.END}\n# B\n")
        self.assertEqual(score.in_page(written), "new")
        self.assertIsNone(score.in_page("# A\n"))

    def test_the_date_does_not_matter(self):
        rows = [row(level=2, status="fail", reason="y")]
        for text in (score.summary, score.block):
            one, other = text(rows, "2026-01-02"), text(rows, "2027-03-04")
            self.assertNotEqual(one, other)
            self.assertEqual(score.undated(one), score.undated(other))
        self.assertIn("a self-assessment", score.summary(rows, "2026-01-02"))
        self.assertIn("| 1.1.1 x | 2 | fail | y |", score.block(rows, "2026-01-02"))


if __name__ == "__main__":
    unittest.main()
