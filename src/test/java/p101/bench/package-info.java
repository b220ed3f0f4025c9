/**
 * Benchmarks: programs with a {@code main}, run by {@code make bench}, never by the tests.
 *
 * <p>Each compares two things in one run, A B A B, and prints ratios: the machine's own speed cancels out. A rival that is
 * not installed is named and left out.
 */
package p101.bench;
