/**
 * What the demo's week must have told its customers, to the minute on the company's clock, by the rules of docs/rules.md;
 * and whom it must not have told, and why. `day time channel person event`.
 */
export const expected = `
  Tue 09:05 sms   Ann  confirmed            # today: 5 minutes after the confirmation
  Tue 09:05 email Ann  confirmed
  Tue 09:05 sms   Bob  confirmed
  failed    sms   Dan  confirmed invalid_address
  suppressed email Cleo confirmed not_confirmed   # taken back within the delay
  Tue 13:02 sms   Ann  arrived
  Tue 13:02 email Ann  arrived
  Tue 13:24 sms   Ann  departed
  Tue 13:24 email Ann  departed
  Tue 15:10 sms   Bob  arrived
  failed    sms   Dan  arrived invalid_address
  Tue 15:31 sms   Bob  departed
  failed    sms   Dan  departed invalid_address
  suppressed sms  Bob  confirmed cancelled        # the dropped route
  Tue 16:00 sms   Ann  confirmed            # tomorrow: today at the cutoff
  Tue 16:00 email Ann  confirmed
  Tue 16:00 sms   Eve  confirmed            # 30 seconds late: the provider was busy
  Tue 16:00 sms   Finn confirmed            # the answer was lost, the text was not
  Tue 16:00 sms   Bob  confirmed            # the rain route
  Tue 16:00 email Cleo confirmed
  Tue 17:00 sms   Bob  cancelled
  Tue 17:00 email Cleo cancelled
  Tue 18:00 sms   Hank confirmed            # next open day 08:00 would be past 06:00
  Tue 18:00 email Hank confirmed
  Tue 22:30 email Ida  confirmed
  suppressed sms  Ida  confirmed stale            # quiet hours end after the window's start
  Wed 09:02 sms   Ann  arrived              # after a minute's dwell
  Wed 09:02 email Ann  arrived
  Wed 09:20 sms   Ann  departed
  Wed 09:20 email Ann  departed
  Wed 10:34 sms   Eve  arrived
  Wed 10:50 sms   Eve  departed
  Wed 13:06 sms   Finn arrived
  Wed 13:30 sms   Finn departed
  Mon 16:00 sms   Lou  confirmed            # the last open day before the service date, at the cutoff
  Mon 16:00 email Lou  confirmed
  Tue 10:05 sms   Lou  arrived
  Tue 10:05 email Lou  arrived
  Tue 10:15 sms   Lou  departed
  Tue 10:15 email Lou  departed
`
  .split('\n')
  .map((line) => line.replace(/#.*/, '').trim().replace(/\s+/g, ' '))
  .filter((line) => line !== '')
