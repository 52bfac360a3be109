import type { Response } from 'express'

/** Twilio's errors that the stand-in gives: HTTP status and text. Source: https://www.twilio.com/docs/api/errors */
const errors = {
  20001: [400, 'Only an empty Body is allowed: it redacts the message'],
  20003: [401, 'Authenticate'],
  20404: [404, 'The requested resource was not found'],
  20429: [429, 'Too Many Requests'],
  20500: [500, 'Internal Server Error'],
  20503: [503, 'Service Unavailable'],
  21211: [400, "Invalid 'To' Phone Number"],
  21212: [400, "Invalid 'From' Phone Number"],
  21408: [400, 'Permission to send an SMS has not been enabled for the region indicated by the To number'],
  21602: [400, 'Message body is required'],
  21603: [400, "A 'From' or 'MessagingServiceSid' parameter is required"],
  21604: [400, "A 'To' phone number is required"],
  21606: [400, "The 'From' phone number is not a valid, SMS-capable Twilio phone number"],
  21608: [400, 'The number is unverified. Trial accounts cannot send messages to unverified numbers'],
  21609: [400, 'The StatusCallback URL is not a valid URL'],
  21610: [400, 'Attempt to send to unsubscribed recipient'],
  21611: [400, "This 'From' number has exceeded the maximum number of queued messages"],
  21612: [400, "Message cannot be sent with the current combination of 'To' and 'From' parameters"],
  21614: [400, "'To' number is not a valid mobile number"],
  21617: [400, 'The concatenated message body exceeds the 1600 character limit'],
  21635: [400, "'To' number cannot be a landline"],
  21701: [400, 'The Messaging Service does not exist'],
} as const satisfies Record<number, readonly [status: number, message: string]>

export type TwilioErrorCode = keyof typeof errors

export const twilioErrorCodes = Object.keys(errors).map(Number) as TwilioErrorCode[]

/** Answers with an error in the form in which Twilio's API does. */
export function refuse(response: Response, code: TwilioErrorCode): void {
  const [status, message] = errors[code]
  response.status(status).json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status })
}
