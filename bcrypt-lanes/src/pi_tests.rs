//! Computes pi by Machin's formula in fixed-point arithmetic: pi = 16 atan(1/5) - 4 atan(1/239).

use std::vec;
use std::vec::Vec;

use super::PI;

/// The words of a number: one before the point, those of the table, and two for rounding.
const WORDS: usize = 1 + PI.len() + 2;

fn divide(number: &mut [u32], divisor: u32) {
    let mut rest = 0_u64;
    for word in number {
        let value = rest << 32 | u64::from(*word);
        *word = u32::try_from(value / u64::from(divisor)).unwrap();
        rest = value % u64::from(divisor);
    }
}

/// Adds `other`, or subtracts it: by adding its complement and 1.
fn add(number: &mut [u32], other: &[u32], subtract: bool) {
    let mut carry = u64::from(subtract);
    for (word, other) in number.iter_mut().zip(other).rev() {
        let other = if subtract { !other } else { *other };
        let sum = u64::from(*word) + u64::from(other) + carry;
        *word = u32::try_from(sum & 0xffff_ffff).unwrap();
        carry = sum >> 32;
    }
}

/// `times` · atan(1/x), by its series.
fn arctangent(times: u32, x: u32) -> Vec<u32> {
    let mut power = vec![0; WORDS];
    power[0] = times;
    divide(&mut power, x);
    let mut sum = power.clone();
    let mut n = 1;
    while power.iter().any(|word| *word != 0) {
        divide(&mut power, x * x);
        n += 2;
        let mut term = power.clone();
        divide(&mut term, n);
        add(&mut sum, &term, n % 4 == 3);
    }
    sum
}

#[test]
fn the_table_is_pi() {
    let mut pi = arctangent(16, 5);
    add(&mut pi, &arctangent(4, 239), true);
    assert_eq!(pi[0], 3);
    assert_eq!(pi[1..=PI.len()], PI);
}
