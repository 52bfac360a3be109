import { cpus } from 'node:os'
import { benchArrivals } from './arrivals'
import { benchConfirms } from './confirms'
import { startBenchSystem } from './startBenchSystem'

/** `npm run bench`: the product beside bare Temporal, in one run on one server; the ratios are what counts. */
async function bench(): Promise<void> {
  const system = await startBenchSystem(console.log)
  try {
    await system.call('PUT', '/companies/bench', { name: 'Bench' })
    const enabled = { enabled: true }
    const settings = {
      customerNotifications: true,
      smsEnabled: true,
      quietHours: null,
      events: { confirmed: enabled, arrived: enabled },
    }
    await system.call('PUT', '/companies/bench/settings', settings)
    await system.call('PUT', '/companies/bench/contracts/C-1', {
      customer: { name: 'Ann' },
      deliveryNotifications: [{ method: 'sms', address: '+15125550101', events: ['confirmed', 'arrived'] }],
    })
    console.log(`${cpus().length} cores (${cpus()[0]?.model}), Node ${process.version}\n`)

    console.log('| 300, 32 at once, median of 5 rounds | a second | ratio, median of the rounds |\n| --- | --- | --- |')
    for (const { name, rate, ratio } of await benchConfirms(system)) {
      console.log(`| ${name} | ${rate.toFixed(0)} | ${ratio.toFixed(2)} |`)
    }
    console.log()

    console.log(
      '| one at a time, 200 of each in turn | signal → activity, ms | POST …/arrived → provider, ms | ratio |\n| --- | --- | --- | --- |',
    )
    for (const { share, ours, bare } of await benchArrivals(system)) {
      console.log(`| p${share * 100} | ${bare.toFixed(1)} | ${ours.toFixed(1)} | ${(ours / bare).toFixed(2)} |`)
    }
  } finally {
    await system.stop()
  }
}

bench().then(
  () => process.exit(0),
  (error) => {
    console.error(error)
    process.exit(1)
  },
)
