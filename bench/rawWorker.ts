import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'

/** The worker of the bare workflow, in a process of its own like the product's; says when each activity began. */
async function main([address, namespace, taskQueue]: string[]): Promise<void> {
  if (address === undefined || namespace === undefined || taskQueue === undefined)
    throw new Error('Started by bench/main.ts')
  Runtime.install({ logger: new DefaultLogger('ERROR') })
  const connection = await NativeConnection.connect({ address })
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowsPath: require.resolve('./rawWorkflow'),
    activities: {
      mark: async () => {
        process.send?.({ markedAt: performance.timeOrigin + performance.now() })
      },
    },
  })
  process.send?.({ ready: true })
  await worker.run()
  await connection.close()
}

void main(process.argv.slice(2))
