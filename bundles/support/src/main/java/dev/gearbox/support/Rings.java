package dev.gearbox.support;

import java.util.Arrays;

/** Bulk operations on rings: arrays whose length is a power of two, at positions that are counted on beyond their end. */
final class Rings {
    private Rings() {}

    /** Copies elements, with as few bulk copies as the ends of the rings allow. */
    static void copy(Object[] from, int first, Object[] to, int start, int count) {
        for (int copied = 0; copied < count; ) {
            int source = (first + copied) & (from.length - 1);
            int target = (start + copied) & (to.length - 1);
            int length = Math.min(count - copied, Math.min(from.length - source, to.length - target));
            System.arraycopy(from, source, to, target, length);
            copied += length;
        }
    }

    /** Makes elements null. */
    static void clear(Object[] ring, int first, int count) {
        int start = first & (ring.length - 1);
        int beforeEnd = Math.min(count, ring.length - start);
        Arrays.fill(ring, start, start + beforeEnd, null);
        Arrays.fill(ring, 0, count - beforeEnd, null);
    }
}
