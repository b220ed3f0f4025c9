/**
 * The words of p101 as values: names, content ids, roots, endpoints, and the three things that every decision takes from
 * outside (clock, randomness, and, elsewhere, the network and the disk).
 *
 * <p>Everything here is immutable and safe from any thread. This package imports nothing of the project.
 */
package p101.model;
