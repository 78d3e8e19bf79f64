package dev.gearbox.benchmarks

import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicLong
import kotlin.coroutines.resume
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.yield

/** The loads as coroutines on the default dispatcher, which has as many workers as there are processors, two at least. */
class KotlinTaskEngine : TaskEngine {
    private val scope = CoroutineScope(Dispatchers.Default)

    override fun close() = Unit

    override fun chainedSpawn(depth: Int) {
        val finish = Finish(1)
        val reached = AtomicInteger()
        scope.launch { link(1, depth, reached, finish) }
        finish.await()
        TaskEngine.check("depth", reached.get().toLong(), depth.toLong())
    }

    private fun link(depth: Int, last: Int, reached: AtomicInteger, finish: Finish) {
        if (depth == last) {
            reached.set(depth)
            finish.arrive()
        } else {
            scope.launch { link(depth + 1, last, reached, finish) }
        }
    }

    override fun pingPong(pairs: Int) {
        val finish = Finish(pairs)
        val sum = AtomicLong()
        scope.launch {
            for (number in 0 until pairs) {
                scope.launch {
                    val there = CompletableDeferred<Int>()
                    val back = CompletableDeferred<Int>()
                    scope.launch { back.complete(there.await() + 1) }
                    there.complete(number)
                    sum.addAndGet(back.await().toLong())
                    finish.arrive()
                }
            }
        }
        finish.await()
        TaskEngine.check("sum of the answers", sum.get(), TaskEngine.sumOfAnswers(pairs))
    }

    override fun spawnMany(tasks: Int) {
        val marks = ByteArray(tasks)
        val missing = AtomicInteger(tasks)
        val finish = Finish(1)
        for (index in 0 until tasks) {
            scope.launch { Marks.leave(marks, index, missing, finish) }
        }
        finish.await()
        Marks.check(marks)
    }

    override fun yieldMany(tasks: Int, yields: Int) {
        val line = StartLine(tasks)
        val finish = Finish(tasks)
        val yielded = AtomicInteger()
        for (place in 0 until tasks) {
            scope.launch {
                suspendCancellableCoroutine { continuation ->
                    if (line.pass(place) { continuation.resume(Unit) }) {
                        continuation.resume(Unit)
                    }
                }
                var done = 0
                while (done < yields) {
                    done++
                    yield()
                }
                yielded.addAndGet(done)
                finish.arrive()
            }
        }
        finish.await()
        TaskEngine.check("yields", yielded.get().toLong(), tasks.toLong() * yields)
    }
}
