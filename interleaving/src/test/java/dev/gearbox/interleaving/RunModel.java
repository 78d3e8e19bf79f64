package dev.gearbox.interleaving;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Test;

/** Runs the tests of one class, as a program of its own; its exit code tells whether the model checker found something. */
final class RunModel {
    static final int FOUND = 3;

    private RunModel() {}

    public static void main(String[] args) throws Exception {
        Class<?> type = Class.forName(args[0]);
        for (Method method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                run(type, method);
            }
        }
        System.exit(0);
    }

    private static void run(Class<?> type, Method method) throws Exception {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        method.setAccessible(true);
        long start = System.nanoTime();
        try {
            method.invoke(constructor.newInstance());
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            boolean found = e.getCause() instanceof LincheckAssertionError
                    && !String.valueOf(e.getCause().getMessage()).contains("a bug in Lincheck");
            System.exit(found ? FOUND : 1);
        }
        System.out.println(method.getName() + ": nothing found in " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }
}
